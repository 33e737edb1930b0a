@NullMarked
package dev.rookery.proxy.store;

import org.jspecify.annotations.NullMarked;
