/** Reaching what people name by its address, and nothing that only this machine can reach. */
@NullMarked
package dev.rookery.kit.net;

import org.jspecify.annotations.NullMarked;
