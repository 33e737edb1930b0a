/** The way of a change: planned, checked, saved, applied, proven, told. */
@NullMarked
package dev.rookery.proxy.internal.apply;

import org.jspecify.annotations.NullMarked;
