package dev.rookery.api.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the key, below that of the record it stands in, that fills a component; empty for a record of keys on the same level. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Key {

    /** Parts of the key joined by dots. */
    String value();
}
