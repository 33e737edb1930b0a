@NullMarked
package dev.rookery.testing.environment;

import org.jspecify.annotations.NullMarked;
