@NullMarked
package dev.rookery.examples.panel.account;

import org.jspecify.annotations.NullMarked;
