@NullMarked
package dev.rookery.api.egg.rule;

import org.jspecify.annotations.NullMarked;
