/**
 * From a document to an engine that provably runs it. {@link dev.rookery.proxy.apply.ProxyEngine} is what an engine has to be able to do, {@link
 * dev.rookery.proxy.apply.CloudSync} what comes behind it, at a cloud.
 */
@NullMarked
package dev.rookery.proxy.apply;

import org.jspecify.annotations.NullMarked;
