@NullMarked
package dev.rookery.proxy.apply;

import org.jspecify.annotations.NullMarked;
