// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {OwnableUpgradeable} from "@openzeppelin/contracts-upgradeable/access/OwnableUpgradeable.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {ERC721Upgradeable} from "@openzeppelin/contracts-upgradeable/token/ERC721/ERC721Upgradeable.sol";
import {ERC721URIStorageUpgradeable} from
    "@openzeppelin/contracts-upgradeable/token/ERC721/extensions/ERC721URIStorageUpgradeable.sol";
import {ERC2981Upgradeable} from "@openzeppelin/contracts-upgradeable/token/common/ERC2981Upgradeable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IAssetDerivatives} from "./interfaces/IAssetDerivatives.sol";
import {IAssetLicensing} from "./interfaces/IAssetLicensing.sol";
import {IAssetRoyalties} from "./interfaces/IAssetRoyalties.sol";
import {IERC7007Events} from "./interfaces/IERC7007Events.sol";
import {IGenerationProofs} from "./interfaces/IGenerationProofs.sol";

/// AI-generated works: ERC-721 with metadata updates (ERC-4906), royalty terms (ERC-2981), generation data (ERC-7007), and the licences,
/// royalties, proofs and derivatives of this project. Lives behind an ERC-1967 proxy. Every event is emitted after the change it tells of.
contract GenerativeAsset is
    ERC721URIStorageUpgradeable,
    ERC2981Upgradeable,
    OwnableUpgradeable,
    UUPSUpgradeable,
    IERC7007Events,
    IAssetLicensing,
    IAssetRoyalties,
    IGenerationProofs,
    IAssetDerivatives
{
    using SafeERC20 for IERC20;

    struct License {
        uint256 tokenId;
        address holder;
        uint256 parentLicenseId;
        address revoker;
        bool sublicensable;
        bool transferable;
        bool revoked;
    }

    error NotTokenOwner(uint256 tokenId, address caller);
    error NotLicenseHolder(uint256 licenseId, address caller);
    error NotRevoker(uint256 licenseId, address caller);
    error NotSublicensable(uint256 licenseId);
    error NotTransferable(uint256 licenseId);
    error LicenseEnded(uint256 licenseId);
    error PaymentFailed(address recipient);
    error WrongValue(uint256 sent, uint256 due);

    event ContractURIUpdated(); // ERC-7572

    uint256 public nextTokenId;
    uint256 public lastLicenseId;
    string public contractURI;
    mapping(uint256 licenseId => License) public licenses;

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor() {
        _disableInitializers();
    }

    function initialize(string calldata name_, string calldata symbol_, address owner_, uint96 royaltyBps) external initializer {
        __ERC721_init(name_, symbol_);
        __ERC721URIStorage_init();
        __ERC2981_init();
        __Ownable_init(owner_);
        _setDefaultRoyalty(owner_, royaltyBps);
        nextTokenId = 1;
    }

    modifier onlyTokenOwner(uint256 tokenId) {
        if (ownerOf(tokenId) != msg.sender) revert NotTokenOwner(tokenId, msg.sender);
        _;
    }

    /// Mints a work with what it was made from. `proof` may be empty: then it is a claim and no more.
    function mint(address to, string calldata uri, bytes calldata prompt, bytes calldata aigcData, bytes calldata proof)
        external
        returns (uint256 tokenId)
    {
        tokenId = nextTokenId++;
        _mint(to, tokenId);
        _setTokenURI(tokenId, uri);
        emit AigcData(tokenId, prompt, aigcData, proof);
    }

    /// A burned number may live again.
    function remint(address to, uint256 tokenId, string calldata uri) external onlyOwner {
        _mint(to, tokenId);
        _setTokenURI(tokenId, uri);
    }

    function burn(uint256 tokenId) external onlyTokenOwner(tokenId) {
        _burn(tokenId);
    }

    function setTokenURI(uint256 tokenId, string calldata uri) external onlyTokenOwner(tokenId) {
        _setTokenURI(tokenId, uri);
    }

    /// New content under the same number.
    function update(uint256 tokenId, bytes calldata prompt, bytes calldata aigcData) external onlyTokenOwner(tokenId) {
        emit Update(tokenId, prompt, aigcData);
        emit MetadataUpdate(tokenId);
    }

    /// `toTokenId` of 2^256-1: every token from `fromTokenId` on.
    function refresh(uint256 fromTokenId, uint256 toTokenId) external onlyOwner {
        emit BatchMetadataUpdate(fromTokenId, toTokenId);
    }

    function setContractURI(string calldata uri) external onlyOwner {
        contractURI = uri;
        emit ContractURIUpdated();
    }

    /// The owner of a work licenses it. What is paid for the grant goes to the owner and is told as a royalty of kind 1.
    function grantLicense(uint256 tokenId, address licensee, LicenseTerms calldata terms)
        external
        payable
        onlyTokenOwner(tokenId)
        returns (uint256)
    {
        return _grant(tokenId, licensee, terms);
    }

    /// The holder of a licence licenses on, where the licence lets him.
    function sublicense(uint256 parentLicenseId, address licensee, LicenseTerms calldata terms) external returns (uint256) {
        License storage parent = licenses[parentLicenseId];
        if (parent.holder != msg.sender) revert NotLicenseHolder(parentLicenseId, msg.sender);
        if (!parent.sublicensable || terms.parentLicenseId != parentLicenseId) revert NotSublicensable(parentLicenseId);
        if (parent.revoked) revert LicenseEnded(parentLicenseId);
        return _grant(parent.tokenId, licensee, terms);
    }

    function _grant(uint256 tokenId, address licensee, LicenseTerms calldata terms) private returns (uint256 licenseId) {
        licenseId = ++lastLicenseId;
        licenses[licenseId] = License({
            tokenId: tokenId,
            holder: licensee,
            parentLicenseId: terms.parentLicenseId,
            revoker: terms.revoker,
            sublicensable: terms.sublicensable,
            transferable: terms.transferable,
            revoked: false
        });
        emit LicenseGranted(address(this), tokenId, licensee, licenseId, msg.sender, terms);
    }

    function revokeLicense(uint256 licenseId, bytes32 reason) external {
        License storage license = licenses[licenseId];
        if (license.revoker == address(0) || license.revoker != msg.sender) revert NotRevoker(licenseId, msg.sender);
        if (license.revoked) revert LicenseEnded(licenseId);
        license.revoked = true;
        emit LicenseRevoked(licenseId, msg.sender, uint64(block.timestamp), reason);
    }

    function transferLicense(uint256 licenseId, address to) external {
        License storage license = licenses[licenseId];
        if (license.holder != msg.sender) revert NotLicenseHolder(licenseId, msg.sender);
        if (!license.transferable) revert NotTransferable(licenseId);
        if (license.revoked) revert LicenseEnded(licenseId);
        license.holder = to;
        emit LicenseTransferred(licenseId, msg.sender, to);
    }

    /// Pays what ERC-2981 says is owed on a sale of `salePrice`, in `currency` (0: the native coin, sent along), and tells of it.
    function payRoyalty(uint256 tokenId, address currency, uint256 salePrice, bytes32 saleRef) external payable {
        (address recipient, uint256 amount) = royaltyInfo(tokenId, salePrice);
        _pay(recipient, currency, amount);
        emit RoyaltyPaid(address(this), tokenId, recipient, msg.sender, currency, amount, salePrice, 0, 0, saleRef);
    }

    /// Pays the fee of a licence to the owner of the work.
    function payLicenseFee(uint256 licenseId, address currency, uint256 amount) external payable {
        uint256 tokenId = licenses[licenseId].tokenId;
        address recipient = ownerOf(tokenId);
        _pay(recipient, currency, amount);
        emit RoyaltyPaid(address(this), tokenId, recipient, msg.sender, currency, amount, amount, 1, licenseId, 0);
    }

    function _pay(address recipient, address currency, uint256 amount) private {
        if (currency != address(0)) {
            if (msg.value != 0) revert WrongValue(msg.value, 0);
            IERC20(currency).safeTransferFrom(msg.sender, recipient, amount);
            return;
        }
        if (msg.value != amount) revert WrongValue(msg.value, amount);
        (bool paid,) = recipient.call{value: amount}("");
        if (!paid) revert PaymentFailed(recipient);
    }

    struct Proof {
        bytes32 proofHash;
        bytes32 modelId;
        bytes32 promptHash;
        bytes32 outputHash;
        uint8 proofType;
        uint64 challengeDeadline;
        string proofURI;
    }

    /// Called by the verifier that the owner of the collection trusts; a real one checks the proof in this call.
    function recordProof(uint256 tokenId, Proof calldata proof) external onlyOwner {
        _requireOwned(tokenId);
        emit GenerationProofVerified(
            address(this),
            tokenId,
            msg.sender,
            proof.proofHash,
            proof.modelId,
            proof.promptHash,
            proof.outputHash,
            proof.proofType,
            proof.challengeDeadline,
            proof.proofURI
        );
    }

    function invalidateProof(uint256 tokenId, bytes32 proofHash, bytes32 reason) external onlyOwner {
        emit GenerationProofInvalidated(address(this), tokenId, proofHash, msg.sender, reason);
    }

    /// The owner of a work says what it was made from.
    function registerDerivative(
        address parentAsset,
        uint256 parentTokenId,
        uint256 childTokenId,
        uint256 licenseId,
        uint16 royaltyBps,
        uint8 relation
    ) external onlyTokenOwner(childTokenId) {
        emit DerivativeRegistered(parentAsset, parentTokenId, address(this), childTokenId, licenseId, royaltyBps, relation);
    }

    function _authorizeUpgrade(address) internal override onlyOwner {}

    function supportsInterface(bytes4 interfaceId)
        public
        view
        virtual
        override(ERC721URIStorageUpgradeable, ERC2981Upgradeable)
        returns (bool)
    {
        return super.supportsInterface(interfaceId);
    }
}
