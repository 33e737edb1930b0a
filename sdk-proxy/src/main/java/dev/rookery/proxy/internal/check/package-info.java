/** Finds what is wrong with a document, all at once. */
@NullMarked
package dev.rookery.proxy.internal.check;

import org.jspecify.annotations.NullMarked;
