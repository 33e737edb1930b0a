@NullMarked
package dev.rookery.examples.panel.http;

import org.jspecify.annotations.NullMarked;
