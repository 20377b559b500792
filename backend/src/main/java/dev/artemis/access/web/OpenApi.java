package dev.artemis.access.web;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.artemis.idempotency.IdempotentRequest;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Credential;
import dev.artemis.shared.Slug;
import dev.artemis.shared.Usd;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.Arrays;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerMethod;

/** What the published description says beyond the handlers' own types: keys, headers, problems. */
@Configuration(proxyBeanMethods = false)
class OpenApi {

    private static final String KEY = "key";

    static {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(
                        Caller.class,
                        Caller.ForProject.class,
                        Caller.ForTenant.class,
                        Caller.Admin.class,
                        Caller.PlatformFinance.class,
                        Credential.class,
                        IdempotentRequest.class)
                .replaceWithSchema(
                        Usd.class,
                        new StringSchema()
                                .description("US dollars, exact decimal")
                                .example("0.0325"))
                .replaceWithSchema(
                        Slug.class,
                        new StringSchema().pattern("^[a-z0-9][a-z0-9-]{0,62}$").example("my-team"));
    }

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(new Info()
                        .title("Artemis")
                        .version("v1")
                        .description("Exact budgets for LLM calls, and sandboxed runs. Errors are"
                                + " application/problem+json (RFC 9457) with a stable code."))
                .components(new Components()
                        .addSecuritySchemes(
                                KEY,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("A project's key, a personal key or an admin key")))
                .addSecurityItem(new SecurityRequirement().addList(KEY));
    }

    /** The names that the API really uses. The description's own words keep theirs: hence a mapper of its own. */
    @Bean
    ModelResolver snakeCase(ObjectMapperProvider mappers) {
        return new ModelResolver(
                mappers.jsonMapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));
    }

    @Bean
    OperationCustomizer headersAndRefusals() {
        return (operation, handler) -> {
            if (takes(handler, IdempotentRequest.class)) {
                operation.addParametersItem(new HeaderParameter()
                        .name("Idempotency-Key")
                        .required(false)
                        .description("A repeat gets the first answer with Idempotency-Replayed: true")
                        .schema(new StringSchema().maxLength(255)));
            }
            if (takes(handler, Caller.ForProject.class)) {
                operation.addParametersItem(new HeaderParameter()
                        .name(Callers.ACTING_FOR)
                        .required(false)
                        .description("{tenant}/{project} that an admin key acts for")
                        .schema(new StringSchema()));
            }
            operation.getResponses().addApiResponse("401", new ApiResponse().description("No good key"));
            operation.getResponses().addApiResponse("403", new ApiResponse().description("missing-scope"));
            return operation;
        };
    }

    private static boolean takes(HandlerMethod handler, Class<?> type) {
        return Arrays.stream(handler.getMethodParameters()).anyMatch(parameter -> parameter.getParameterType() == type);
    }
}
