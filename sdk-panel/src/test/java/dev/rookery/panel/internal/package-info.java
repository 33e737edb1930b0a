@NullMarked
package dev.rookery.panel.internal;

import org.jspecify.annotations.NullMarked;
