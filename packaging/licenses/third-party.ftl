<#-- One line a library: its artifact, version and licences, by the names of the files beside it. -->
The libraries that Carillon is shipped with, and their licences as they name them. The texts are beside
this file, and what the libraries say of themselves is in notices/.

Of several licences one may be chosen: Carillon takes Apache-2.0 for amqp-client, EPL-2.0 for logback and
BSD-2-Clause for HdrHistogram. Of logstash-logback-encoder's both apply, to different parts.

npm:pusher-js:8.6.0 | MIT | https://github.com/pusher/pusher-js
npm:@stablelib/base64:2.0.1 | MIT | https://github.com/StableLib/stablelib
npm:@stablelib/utf8:1.0.1 | MIT | https://github.com/StableLib/stablelib
<#list dependencyMap as entry>
${entry.getKey().groupId}:${entry.getKey().artifactId}:${entry.getKey().version} | <#list entry.getValue() as license>${license}<#if license_has_next>, </#if></#list> | ${entry.getKey().url!}
</#list>
