@NullMarked
package dev.rookery.examples.panel.download;

import org.jspecify.annotations.NullMarked;
