/** Tests. */
package dev.rookery.wings.internal.fleet;
