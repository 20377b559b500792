package dev.artemis.web;

import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.servlet.support.ExtendedServletRequestDataBinder;

/** What is bound of a request is what its address says: a header that happens to be called "model" narrows nothing. */
@ControllerAdvice
class OnlyParameters {

    @InitBinder
    void withoutHeaders(WebDataBinder binder) {
        if (binder instanceof ExtendedServletRequestDataBinder ofRequest) {
            ofRequest.setHeaderPredicate(header -> false);
        }
    }
}
