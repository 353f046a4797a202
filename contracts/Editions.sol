// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import {ERC1155URIStorage} from "@openzeppelin/contracts/token/ERC1155/extensions/ERC1155URIStorage.sol";

/// Many copies of one work (ERC-1155), with a URI for each.
contract Editions is ERC1155URIStorage, Ownable {
    string public name = "Latent Editions";
    string public symbol = "LATENT";

    constructor() ERC1155("ipfs://editions/{id}.json") Ownable(msg.sender) {}

    /// "To broadcast the existence of a token ID with no initial balance" (ERC-1155).
    function declare(uint256 id) external onlyOwner {
        emit TransferSingle(msg.sender, address(0), address(0), id, 0);
    }

    function mint(address to, uint256 id, uint256 amount) external onlyOwner {
        _mint(to, id, amount, "");
    }

    function mintBatch(address to, uint256[] calldata ids, uint256[] calldata amounts) external onlyOwner {
        _mintBatch(to, ids, amounts, "");
    }

    function burn(uint256 id, uint256 amount) external {
        _burn(msg.sender, id, amount);
    }

    function setURI(uint256 id, string calldata uri_) external onlyOwner {
        _setURI(id, uri_);
    }
}
