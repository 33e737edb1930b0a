/** Tests of certificates in files. */
@NullMarked
package dev.rookery.proxy.internal.certificate;

import org.jspecify.annotations.NullMarked;
