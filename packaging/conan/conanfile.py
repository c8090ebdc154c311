import os
import re

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load, rmdir

required_conan_version = ">=2.0"


class AlpacaBrokerConan(ConanFile):
    name = "alpaca-broker"
    description = "Cancel orders at brokers on the Alpaca Broker API, and learn what became of the cancel"
    license = "MIT"
    topics = ("trading", "alpaca", "broker", "http-client")
    package_type = "library"
    settings = "os", "arch", "compiler", "build_type"
    # No fPIC option: the libraries are always position independent.
    options = {"shared": [True, False], "testing": [True, False]}
    default_options = {"shared": False, "testing": False, "cpp-httplib/*:with_openssl": True}

    @property
    def _root(self):
        return os.path.join(self.recipe_folder, "..", "..")

    def set_version(self):
        header = load(self, os.path.join(self._root, "include", "alpaca", "broker", "version.hpp"))
        self.version = re.search(r'kVersion = "([0-9.]+)"', header).group(1)

    def export_sources(self):
        for pattern in ("CMakeLists.txt", "LICENSE", "CHANGELOG.md", "cmake/*", "include/*", "packaging/debian/*", "src/*"):
            copy(self, pattern, src=self._root, dst=self.export_sources_folder)

    def layout(self):
        cmake_layout(self)

    def requirements(self):
        self.requires("libcurl/[>=7.87 <9]")
        self.requires("openssl/[>=3 <4]")
        self.requires("nlohmann_json/[>=3.11 <4]", visible=False)  # no public header includes it
        if self.options.testing:
            self.requires("cpp-httplib/[>=0.11.4 <1]")

    def build_requirements(self):
        self.tool_requires("cmake/[>=3.24]")

    def validate(self):
        check_min_cppstd(self, 17)

    def generate(self):
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["ALPACA_BROKER_TESTING"] = bool(self.options.testing)
        toolchain.cache_variables["ALPACA_BROKER_TESTS"] = False
        toolchain.cache_variables["ALPACA_BROKER_EXAMPLES"] = False
        toolchain.cache_variables["ALPACA_BROKER_SHARED_TLS"] = "ON"
        toolchain.generate()
        CMakeDeps(self).generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        copy(self, "LICENSE", src=self.source_folder, dst=os.path.join(self.package_folder, "licenses"))
        CMake(self).install()
        # Conan generates these files itself, from package_info().
        for folder in ("cmake", "pkgconfig", "cps"):
            rmdir(self, os.path.join(self.package_folder, "lib", folder))

    def package_info(self):
        self.cpp_info.set_property("cmake_file_name", "alpaca-broker")
        broker = self.cpp_info.components["broker"]
        broker.libs = ["alpaca-broker"]
        broker.set_property("cmake_target_name", "alpaca::broker")
        broker.set_property("pkg_config_name", "alpaca-broker")
        broker.requires = ["libcurl::libcurl", "openssl::ssl", "openssl::crypto", "nlohmann_json::nlohmann_json"]
        self._describe(broker)
        if self.options.testing:
            testing = self.cpp_info.components["broker_testing"]
            testing.libs = ["alpaca-broker-testing"]
            testing.set_property("cmake_target_name", "alpaca::broker_testing")
            testing.set_property("pkg_config_name", "alpaca-broker-testing")
            testing.requires = ["broker", "cpp-httplib::cpp-httplib", "openssl::crypto"]
            self._describe(testing)

    def _describe(self, component):
        if self.options.shared:
            component.defines = ["ALPACA_BROKER_SHARED"]
        if self.settings.os in ("Linux", "FreeBSD"):
            component.system_libs = ["pthread"]
