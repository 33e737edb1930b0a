@NullMarked
package dev.rookery.panel.internal.http;

import org.jspecify.annotations.NullMarked;
