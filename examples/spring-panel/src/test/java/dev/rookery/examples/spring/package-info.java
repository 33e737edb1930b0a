/** Tests. */
package dev.rookery.examples.spring;
