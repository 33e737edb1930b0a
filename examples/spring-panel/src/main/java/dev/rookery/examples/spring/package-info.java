/** A small panel on Spring Boot; what is hard about one comes from {@code sdk-panel}. See {@code docs/guide/own-panel.md}. */
@org.jspecify.annotations.NullMarked
package dev.rookery.examples.spring;
