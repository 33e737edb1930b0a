@NullMarked
package dev.rookery.panel.s3;

import org.jspecify.annotations.NullMarked;
