package dev.artemis.access;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where people reach the pages.
 *
 * @param publicUrl such as {@code https://artemis.example.org}; links in mails begin with it, passkeys belong to its host
 */
@ConfigurationProperties("artemis.pages")
record PublicAddressSettings(URI publicUrl) {

    /** The address of a page. */
    String under(String path) {
        return publicUrl.toString().replaceAll("/+$", "") + "/" + path;
    }
}
