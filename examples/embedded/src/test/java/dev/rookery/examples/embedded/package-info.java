@NullMarked
package dev.rookery.examples.embedded;

import org.jspecify.annotations.NullMarked;
