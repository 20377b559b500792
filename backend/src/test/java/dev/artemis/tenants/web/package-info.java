@NullMarked
package dev.artemis.tenants.web;

import org.jspecify.annotations.NullMarked;
