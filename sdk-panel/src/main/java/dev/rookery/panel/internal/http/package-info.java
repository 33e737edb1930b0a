/** The routes that nodes call. */
@NullMarked
package dev.rookery.panel.internal.http;

import org.jspecify.annotations.NullMarked;
