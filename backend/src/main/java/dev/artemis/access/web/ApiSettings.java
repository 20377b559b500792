package dev.artemis.access.web;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The API's own limits.
 *
 * @param maxBody of a request; a run brings its files along
 */
@ConfigurationProperties("artemis.api")
record ApiSettings(@DefaultValue("16MB") DataSize maxBody) {}
