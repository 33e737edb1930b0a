@NullMarked
package dev.rookery.api.configfile;

import org.jspecify.annotations.NullMarked;
