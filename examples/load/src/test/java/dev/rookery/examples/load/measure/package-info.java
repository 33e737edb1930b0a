@org.jspecify.annotations.NullMarked
package dev.rookery.examples.load.measure;
