/** How values look on the wire. Their constants are used nowhere else. */
@NullMarked
package dev.rookery.api.dialect;

import org.jspecify.annotations.NullMarked;
