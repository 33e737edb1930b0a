/** Tests of addresses. */
@NullMarked
package dev.rookery.kit.net;

import org.jspecify.annotations.NullMarked;
