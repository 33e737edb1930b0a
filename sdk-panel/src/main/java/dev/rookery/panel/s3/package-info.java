/** Backups in an object store that speaks S3: start at {@link dev.rookery.panel.s3.S3ObjectStore}. */
@NullMarked
package dev.rookery.panel.s3;

import org.jspecify.annotations.NullMarked;
