/** Tests. */
package dev.rookery.kit;
