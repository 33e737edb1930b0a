/** Reads and writes JSON: our documents, and those of engines. */
@NullMarked
package dev.rookery.proxy.internal.json;

import org.jspecify.annotations.NullMarked;
