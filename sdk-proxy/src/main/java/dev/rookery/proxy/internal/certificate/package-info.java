/** Certificates in files: what is in them, and whether it fits together. */
@NullMarked
package dev.rookery.proxy.internal.certificate;

import org.jspecify.annotations.NullMarked;
