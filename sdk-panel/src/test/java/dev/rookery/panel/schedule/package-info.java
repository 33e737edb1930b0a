@NullMarked
package dev.rookery.panel.schedule;

import org.jspecify.annotations.NullMarked;
