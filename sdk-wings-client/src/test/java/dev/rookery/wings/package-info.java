/** Tests. */
package dev.rookery.wings;
