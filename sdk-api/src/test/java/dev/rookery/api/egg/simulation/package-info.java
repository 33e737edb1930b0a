@NullMarked
package dev.rookery.api.egg.simulation;

import org.jspecify.annotations.NullMarked;
