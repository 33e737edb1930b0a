@NullMarked
package dev.rookery.api;

import org.jspecify.annotations.NullMarked;
