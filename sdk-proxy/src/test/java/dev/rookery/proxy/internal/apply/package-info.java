@NullMarked
package dev.rookery.proxy.internal.apply;

import org.jspecify.annotations.NullMarked;
