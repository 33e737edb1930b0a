@NullMarked
package dev.rookery.examples.panel.proxy;

import org.jspecify.annotations.NullMarked;
