package dev.artemis.shared;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a REST handler under {@code /admin/tenants/{tenant}} that takes a {@link Caller.ForTenant}: which right in that team it needs,
 * else 403 {@code missing-role}. An administrator of the platform has every right in every team.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface RequiresRight {
    Right value();
}
