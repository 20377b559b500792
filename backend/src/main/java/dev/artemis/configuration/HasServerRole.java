package dev.artemis.configuration;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether this process has the role that {@link OnlyAs} names. */
class HasServerRole implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ServerRole wanted = metadata.getAnnotations().get(OnlyAs.class).getEnum("value", ServerRole.class);
        return ServerRole.of(context.getEnvironment()).contains(wanted);
    }
}
