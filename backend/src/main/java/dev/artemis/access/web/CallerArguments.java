package dev.artemis.access.web;

import dev.artemis.access.AuthenticateKey;
import dev.artemis.access.KeyHolder;
import dev.artemis.idempotency.IdempotentRequest;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Credential;
import dev.artemis.shared.Problem;
import dev.artemis.shared.RequiresRight;
import dev.artemis.shared.RequiresScope;
import dev.artemis.shared.Scope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Gives handlers their {@link Caller}, their {@link Credential} and their {@link IdempotentRequest} as arguments. Who may not call is refused
 * before any other argument is read, so that a stranger learns nothing about the body's faults.
 */
@Configuration(proxyBeanMethods = false)
class CallerArguments implements WebMvcConfigurer, HandlerInterceptor {

    private static final String CALLER = CallerArguments.class.getName() + ".caller";

    private final Callers callers;
    private final AuthenticateKey authenticate;

    CallerArguments(Callers callers, AuthenticateKey authenticate) {
        this.callers = callers;
        this.authenticate = authenticate;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/**");
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerArgument());
        resolvers.add(new IdempotentRequestArgument());
        resolvers.add(new CredentialArgument(authenticate));
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            wantedCaller(method).ifPresent(wanted -> {
                Caller caller = callers.resolve(wanted, holder(), request);
                refuseWithoutScope(method, caller);
                refuseWithoutRight(method, caller);
                request.setAttribute(CALLER, caller);
            });
        }
        return true;
    }

    /** The type of caller that a handler asks for. */
    static Optional<Class<?>> wantedCaller(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .<Class<?>>map(MethodParameter::getParameterType)
                .filter(Caller.class::isAssignableFrom)
                .findFirst();
    }

    private static void refuseWithoutScope(HandlerMethod method, Caller caller) {
        RequiresScope required = method.getMethodAnnotation(RequiresScope.class);
        if (required != null && caller instanceof Caller.ForProject project) {
            Scope scope = required.value();
            if (!project.scopes().contains(scope)) {
                throw Callers.missingScope("This key has not the scope " + scope + ".");
            }
        }
    }

    private static void refuseWithoutRight(HandlerMethod method, Caller caller) {
        RequiresRight required = method.getMethodAnnotation(RequiresRight.class);
        if (required != null && caller instanceof Caller.ForTenant member) {
            required.value().require(member, member.tenant());
        }
    }

    private static KeyHolder holder() {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof HeldKey key) {
            return key.holder();
        }
        throw Problem.of(401, "unauthenticated", "Send a good key: Authorization: Bearer <key>.");
    }

    private static final class CallerArgument implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return Caller.class.isAssignableFrom(parameter.getParameterType());
        }

        @Override
        public @Nullable Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            return request.getAttribute(CALLER, NativeWebRequest.SCOPE_REQUEST);
        }
    }

    private record CredentialArgument(AuthenticateKey authenticate) implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Credential.class;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest web,
                @Nullable WebDataBinderFactory binders) {
            String shown = BearerKeys.shown((HttpServletRequest) web.getNativeRequest())
                    .orElse("");
            return (Credential) () -> authenticate.holderOf(shown).isPresent();
        }
    }

    private static final class IdempotentRequestArgument implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == IdempotentRequest.class;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest web,
                @Nullable WebDataBinderFactory binders) {
            HttpServletRequest request = (HttpServletRequest) web.getNativeRequest();
            Object caller = request.getAttribute(CALLER);
            String project = caller instanceof Caller.ForProject acting && acting.key() == null
                    ? " for " + acting.project()
                    : "";
            try {
                return IdempotentRequest.of(
                        holder().key().value(),
                        request.getRequestURI() + project,
                        request.getHeader("Idempotency-Key"),
                        KeptBody.of(request));
            } catch (IllegalArgumentException e) {
                throw Problem.invalidRequest("Idempotency-Key", String.valueOf(e.getMessage()));
            }
        }
    }
}
