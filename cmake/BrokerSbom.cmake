# Writes a library's SBOM as an SPDX 2.3 document. It reads the library's own link libraries, so no dependency can be
# missing. Scanners look for *.spdx.json.
include(BrokerSourceDate)

set(brokerSbomDocument [[{
  "spdxVersion": "SPDX-2.3",
  "dataLicense": "CC0-1.0",
  "SPDXID": "SPDXRef-DOCUMENT",
  "name": "@target@-@PROJECT_VERSION@",
  "creationInfo": {
    "created": "@created@",
    "creators": ["Organization: the @PROJECT_NAME@-cpp authors", "Tool: CMake-@CMAKE_VERSION@"]
  },
  "packages": [],
  "relationships": []
}]])

set(brokerSbomPackage [[{
  "SPDXID": "SPDXRef-Package-@name@",
  "name": "@name@",
  "versionInfo": "@version@",
  "originator": "@originator@",
  "supplier": "NOASSERTION",
  "downloadLocation": "NOASSERTION",
  "filesAnalyzed": false,
  "licenseConcluded": "NOASSERTION",
  "licenseDeclared": "@license@",
  "copyrightText": "NOASSERTION",
  "primaryPackagePurpose": "LIBRARY",
  "externalRefs": [@reference@]
}]])

set(brokerSbomCpe [[{
  "referenceCategory": "SECURITY",
  "referenceType": "cpe23Type",
  "referenceLocator": "cpe:2.3:a:@cpe@:@version@:*:*:*:*:*:*:*"
}]])

set(brokerSbomRelationship [[{
  "spdxElementId": "@fromId@",
  "relationshipType": "@how@",
  "relatedSpdxElement": "SPDXRef-Package-@name@"
}]])

# Describes a link library: name, version here, license, originator, and its name in vulnerability databases if it has
# one. An unknown library is an error, not a gap.
macro(broker_sbom_facts library)
  set(how DEPENDS_ON)
  set(cpe "")
  if(${library} STREQUAL "CURL::libcurl")
    set(name libcurl)
    set(version "${CURL_VERSION_STRING}")
    set(license curl)
    set(originator "Organization: the curl project")
    set(cpe haxx:libcurl)
  elseif(${library} MATCHES "^OpenSSL::")
    set(name openssl)
    set(version "${OPENSSL_VERSION}")
    set(license Apache-2.0)
    set(originator "Organization: the OpenSSL project")
    set(cpe openssl:openssl)
  elseif(${library} STREQUAL "broker_json") # nlohmann/json, in a namespace of our own
    set(name nlohmann-json)
    broker_sbom_version(nlohmann_json)
    set(license MIT)
    set(originator "Person: Niels Lohmann")
    set(how CONTAINS) # header-only, so it is compiled in
  elseif(${library} STREQUAL "httplib::httplib")
    set(name cpp-httplib)
    broker_sbom_version(httplib)
    set(license MIT)
    set(originator "Person: yhirose")
  elseif(${library} MATCHES "^alpaca-broker")
    set(name ${library})
    set(version ${PROJECT_VERSION})
    set(license MIT)
    set(originator "Organization: the ${PROJECT_NAME}-cpp authors")
  else()
    message(FATAL_ERROR "BrokerSbom.cmake does not know ${library}: describe it there")
  endif()
endmacro()

# The version that find_package found, or the one that was fetched instead.
macro(broker_sbom_version name)
  set(version "${${name}_VERSION}")
  if(NOT version AND ${name}_SOURCE_DIR)
    get_directory_property(version DIRECTORY ${${name}_SOURCE_DIR} DEFINITION PROJECT_VERSION)
  endif()
endmacro()

# Adds the package of `library` to `document`, with its relationship to `from`.
macro(broker_sbom_add from library)
  broker_sbom_facts(${library})
  if(NOT version)
    set(version NOASSERTION)
  endif()
  if(${from} STREQUAL "DOCUMENT")
    set(how DESCRIBES)
  endif()
  set(fromId SPDXRef-${from})
  set(reference "")
  if(cpe AND NOT version STREQUAL "NOASSERTION")
    string(CONFIGURE "${brokerSbomCpe}" reference @ONLY)
  endif()
  string(CONFIGURE "${brokerSbomPackage}" package @ONLY)
  string(CONFIGURE "${brokerSbomRelationship}" relationship @ONLY)
  string(JSON count LENGTH "${document}" packages)
  string(JSON document SET "${document}" packages ${count} "${package}")
  string(JSON document SET "${document}" relationships ${count} "${relationship}")
endmacro()

function(broker_sbom target)
  broker_source_date(created "%Y-%m-%dT%H:%M:%SZ")
  string(CONFIGURE "${brokerSbomDocument}" document @ONLY)

  broker_sbom_add(DOCUMENT ${target})
  get_target_property(libraries ${target} LINK_LIBRARIES)
  get_target_property(compiledIn ${target}-objects LINK_LIBRARIES)
  list(APPEND libraries ${compiledIn})
  list(TRANSFORM libraries REPLACE "^OpenSSL::.*" "OpenSSL::SSL") # two libraries, one package
  list(REMOVE_DUPLICATES libraries)
  list(REMOVE_ITEM libraries Threads::Threads) # part of the C library
  foreach(library IN LISTS libraries)
    broker_sbom_add(Package-${target} ${library})
  endforeach()

  # A document's name must be unique, so it is derived from the contents.
  string(UUID id NAMESPACE 6ba7b811-9dad-11d1-80b4-00c04fd430c8 NAME "${document}" TYPE SHA1)
  string(JSON document SET "${document}" documentNamespace
    "\"https://spdx.org/spdxdocs/${target}-${PROJECT_VERSION}-${id}\"")

  # Versioned like the library itself, because distributions install several versions side by side.
  set(file ${target}-${BROKER_SOVERSION}.spdx.json)
  file(WRITE ${PROJECT_BINARY_DIR}/${file} "${document}\n")
  install(FILES ${PROJECT_BINARY_DIR}/${file} DESTINATION ${CMAKE_INSTALL_DATADIR}/sbom COMPONENT ${target})
endfunction()
