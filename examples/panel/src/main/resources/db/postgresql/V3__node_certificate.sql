-- SHA-256 of the certificate that a node has made for itself, 64 hexadecimal digits; null if an authority has signed it.
ALTER TABLE nodes ADD COLUMN certificate TEXT;
