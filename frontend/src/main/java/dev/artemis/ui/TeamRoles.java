package dev.artemis.ui;

import dev.artemis.shared.Role;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a page of a team: which of its roles may see it. Every such page says so; {@link TeamPage} refuses the others. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface TeamRoles {
    Role[] value();
}
