@NullMarked
package dev.rookery.api.config;

import org.jspecify.annotations.NullMarked;
