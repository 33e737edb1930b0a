@NullMarked
package dev.rookery.testing.quota;

import org.jspecify.annotations.NullMarked;
